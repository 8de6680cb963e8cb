using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Speech.Recognition.Graphs;
using Appliance.Speech.Recognition.Graphs.HuggingFace;
using Appliance.Speech.Recognition.Graphs.SplitCrossKv;
using Appliance.Speech.Recognition.Vocabulary;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition;

/// <summary>A Whisper model in memory: its graphs and its vocabulary. One transcription at a time.</summary>
public sealed class WhisperModel : IDisposable
{
    internal WhisperModel(string name, IWhisperGraphs graphs, WhisperTokenizer tokenizer)
    {
        Name = name;
        Graphs = graphs;
        Tokenizer = tokenizer;
    }

    /// <summary>Name in the catalogue.</summary>
    public string Name { get; }

    /// <summary>Whether words can get times.</summary>
    public bool HasWordTimestamps => Graphs.HasAlignment;

    /// <summary>False for the English-only models, which neither detect languages nor translate.</summary>
    public bool IsMultilingual => Tokenizer.IsMultilingual;

    /// <summary>Codes of the languages that it knows.</summary>
    public IReadOnlyList<string> Languages => IsMultilingual ? Tokenizer.Languages : ["en"];

    /// <summary>Mel bins a frame, 80 or 128.</summary>
    public int MelCount => Graphs.Dimensions.MelCount;

    internal IWhisperGraphs Graphs { get; }

    internal WhisperTokenizer Tokenizer { get; }

    /// <summary>Loads a model folder.</summary>
    /// <exception cref="ModelException">A file is missing, damaged or of a form that is not read.</exception>
    public static WhisperModel Load(ModelFolder folder, SessionFactory sessions)
    {
        WhisperConfig config = WhisperConfig.Read(folder.Path);
        WhisperTokenizer tokenizer = WhisperTokenizer.Load(folder.Path, config.VocabularySize);
        IWhisperGraphs graphs = OpenGraphs(folder, config, sessions);
        ProcessMemory.Trim();
        return new WhisperModel(folder.Manifest.Name, graphs, tokenizer);
    }

    /// <summary>
    /// The same model for another piece of work, which goes on while this one's is put aside: the weights are shared, what was encoded is
    /// not. Must be disposed of before this one; the two are used one at a time.
    /// </summary>
    public WhisperModel Share() => new(Name, Graphs.Share(), Tokenizer);

    /// <inheritdoc />
    public void Dispose() => Graphs.Dispose();

    private static IWhisperGraphs OpenGraphs(ModelFolder folder, WhisperConfig config, SessionFactory sessions)
    {
        WhisperFiles files = WhisperFiles.Find(folder);
        InferenceSession encoder = sessions.Create(files.EncoderPath, SessionRole.Encoder);
        InferenceSession decoder = sessions.Create(files.DecoderPath, SessionRole.Decoder);
        if (files.Layout == WhisperLayout.SplitCrossKv)
        {
            return new SplitCrossKvGraphs(encoder, decoder, SplitCrossKvSignature.Read(encoder, decoder, config, folder.Path), folder.Path);
        }

        InferenceSession? withPast = files.DecoderWithPastPath is string path ? sessions.Create(path, SessionRole.Decoder) : null;
        return new HuggingFaceGraphs(new HuggingFaceSessions(folder.Path, encoder, decoder, withPast), config, AlignmentHeads.Read(folder.Path, config));
    }
}
