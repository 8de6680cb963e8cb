using Appliance.Speech.Recognition;
using Appliance.Speech.Recognition.Decoding;
using Appliance.Speech.Recognition.Decoding.Searches;
using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Tests.Graphs;

/// <summary>The token loop as a transcription runs it, one step at a time: filters, sampling, decoder call.</summary>
internal sealed class TokenLoop : IDisposable
{
    private readonly IWhisperGraphs _graphs;
    private readonly SampleSearch _search;
    private readonly int[] _next = new int[1];
    private readonly int[] _parents = new int[1];
    private readonly CancellationTokenSource _source = new();
    private bool _isFirst = true;

    public TokenLoop(WhisperModel model)
    {
        _graphs = model.Graphs;
        float[] silence = new float[model.MelCount * 1000];
        silence.AsSpan().Fill(-1);
        _graphs.Encode(silence, 1, 1000, CancellationToken.None);
        TranscriptionOptions options = new() { LoopGuard = false, SuppressTokens = [-1, model.Tokenizer.EndOfText] };
        DecodingSettings settings = new AttemptFactory(model.Tokenizer, options, "en", 448).Create([], 0, 1000, true, 0);

        // the search is told of another end of text, which never comes, so that it goes on as long as the test does
        _search = new SampleSearch(settings with { LoopGuard = true }, model.Tokenizer.EndOfText + 1_000_000);
        _graphs.Prompt(settings.Prompt, settings.Prompt.Length, [0, settings.Prompt.Length - 1], CancellationToken.None);
    }

    /// <summary>Makes steps.</summary>
    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            _search.Advance(new RowLogits(_graphs, 0, _isFirst ? 1 : 0, _isFirst), _next, _parents);
            _isFirst = false;
            _next[0] = 1000 + i;
            _graphs.Step(_next, _source.Token);
        }
    }

    public void Dispose() => _source.Dispose();
}
