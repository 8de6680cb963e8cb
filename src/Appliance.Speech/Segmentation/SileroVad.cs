using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Segmentation;

/// <summary>
/// Silero VAD 6: the probability of speech in each frame of 512 samples (32 ms). One stream at a time, from one thread at a time;
/// live blocks and whole files go through the same code, and the steady state allocates nothing.
/// </summary>
public sealed class SileroVad : IDisposable
{
    /// <summary>The only sample rate of the model.</summary>
    public const int SampleRateHz = 16000;

    /// <summary>Samples a probability.</summary>
    public const int FrameSamples = 512;

    /// <summary>Samples of the frame before that the model wants to see again (without them it silently misses speech).</summary>
    private const int ContextSamples = 64;

    private const int RowSamples = ContextSamples + FrameSamples;

    private readonly SileroGraph _graph;
    private readonly float[] _row = new float[RowSamples];
    private int _pending;

    internal SileroVad(InferenceSession session)
    {
        _graph = new SileroGraph(session, RowSamples);
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ModelException">A file is missing, or it is another graph than the sequence graph of Silero VAD 6.</exception>
    public static SileroVad Load(ModelFolder folder, SessionFactory sessions)
    {
        string path = folder.FilePath("silero_vad.onnx");
        InferenceSession session = sessions.Create(path, SessionRole.Light);
        if (SileroGraph.Matches(session))
        {
            return new SileroVad(session);
        }

        session.Dispose();
        throw new ModelException(
            ModelError.Unsupported,
            path,
            $"{path} is not the sequence graph of Silero VAD 6: use the file silero_vad_16k_sequence.onnx of the package silero-vad 6.2.3");
    }

    /// <summary>Begins a new stream.</summary>
    public void Reset()
    {
        Array.Clear(_row);
        _pending = 0;
        _graph.Reset();
    }

    /// <summary>How many probabilities <see cref="Append"/> will write for that many samples.</summary>
    public int FramesFor(int sampleCount) => (_pending + sampleCount) / FrameSamples;

    /// <summary>Takes any number of samples of the stream and gives the frames they complete.</summary>
    /// <param name="samples">16 kHz mono, [-1, 1].</param>
    /// <param name="probabilities">Room for <see cref="FramesFor"/> values.</param>
    /// <returns>Values written.</returns>
    public int Append(ReadOnlySpan<float> samples, Span<float> probabilities)
    {
        int total = FramesFor(samples.Length);
        if (probabilities.Length < total)
        {
            throw new ArgumentException($"{total} probabilities do not fit into {probabilities.Length}", nameof(probabilities));
        }

        for (int written = 0; written < total;)
        {
            int frames = Math.Min(total - written, SileroGraph.MaxRows);
            Span<float> rows = _graph.Rows(frames);
            for (int frame = 0; frame < frames; frame++)
            {
                samples = samples[Fill(samples)..];
                _row.CopyTo(rows[(frame * RowSamples)..]);
                BeginRow();
            }

            _graph.Run(frames).CopyTo(probabilities[written..]);
            written += frames;
        }

        Fill(samples);
        return total;
    }

    /// <summary>Ends the stream: the last, partial frame is completed with zeros. Call <see cref="Reset"/> before the next stream.</summary>
    /// <param name="probabilities">Room for one value.</param>
    /// <returns>Values written: 1, or 0 when no samples are left over.</returns>
    public int Finish(Span<float> probabilities)
    {
        if (_pending == 0)
        {
            return 0;
        }

        _row.AsSpan(ContextSamples + _pending).Clear();
        _row.CopyTo(_graph.Rows(1));
        _pending = 0;
        _graph.Run(1).CopyTo(probabilities);
        return 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    private int Fill(ReadOnlySpan<float> samples)
    {
        int taken = Math.Min(FrameSamples - _pending, samples.Length);
        samples[..taken].CopyTo(_row.AsSpan(ContextSamples + _pending));
        _pending += taken;
        return taken;
    }

    private void BeginRow()
    {
        _row.AsSpan(FrameSamples).CopyTo(_row);
        _pending = 0;
    }
}
