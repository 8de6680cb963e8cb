using System.Diagnostics;
using Appliance.Speech.Features;
using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Recognition.Decoding;

/// <summary>Encodes windows of one recording, and none twice in a row.</summary>
internal sealed class WindowEncoder
{
    private readonly IWhisperGraphs _graphs;
    private readonly IMelSource _mel;
    private WindowKey[] _encoded = [];
    private float[] _logMel = [];

    public WindowEncoder(IWhisperGraphs graphs, IMelSource mel)
    {
        _graphs = graphs;
        _mel = mel;
    }

    /// <summary>Stopwatch ticks spent on reading windows.</summary>
    public long LogMelTicks { get; private set; }

    /// <summary>Encodes one window, unless it is what was encoded last.</summary>
    public void Encode(WindowKey window, CancellationToken cancellationToken) => Encode([window], cancellationToken);

    /// <summary>Encodes windows of one length.</summary>
    public void Encode(ReadOnlySpan<WindowKey> windows, CancellationToken cancellationToken)
    {
        if (windows.SequenceEqual(_encoded))
        {
            _graphs.Select(-1);
            return;
        }

        long start = Stopwatch.GetTimestamp();
        int size = _mel.MelCount * windows[0].Frames;
        if (_logMel.Length < windows.Length * size)
        {
            _logMel = new float[windows.Length * size];
        }

        for (int i = 0; i < windows.Length; i++)
        {
            _mel.CopyWindow(windows[i].Seek, windows[i].Content, windows[i].Frames, windows[i].Padding, _logMel.AsSpan(i * size, size));
        }

        LogMelTicks += Stopwatch.GetTimestamp() - start;
        _encoded = [];
        _graphs.Encode(_logMel.AsSpan(0, windows.Length * size), windows.Length, windows[0].Frames, cancellationToken);
        _encoded = windows.ToArray();
    }

    /// <summary>Forgets what was encoded last, since the graphs have changed it.</summary>
    public void Forget() => _encoded = [];
}
