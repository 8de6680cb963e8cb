using Appliance.Service.Cli.Output;
using Appliance.Speech.Capture;
using Appliance.Speech.Listening;

namespace Appliance.Service.Cli.Listen;

/// <summary>Shows what is heard: for people final texts and a live line below them, for programs JSON lines.</summary>
internal sealed class EventPrinter : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    private readonly Terminal _terminal;
    private readonly bool _json;
    private readonly LiveLine? _line;
    private readonly ITimer? _timer;

    public EventPrinter(Terminal terminal, bool json, Listener listener, ILiveAudio audio, TimeProvider time)
    {
        _terminal = terminal;
        _json = json;
        if (!json && terminal.ShowsProgress)
        {
            _line = new LiveLine(listener, audio);
            terminal.ShowStatus(_line);
            _timer = time.CreateTimer(_ => terminal.ShowStatus(_line), null, Refresh, Refresh);
        }
    }

    /// <summary>Shows one event; one at a time.</summary>
    public void Show(ListenEvent told)
    {
        _line?.Take(told);
        if (_json)
        {
            _terminal.WriteResult(ListenEventJson.Of(told));
            return;
        }

        switch (told)
        {
            case FinalEvent { Text.Length: > 0 } final:
                _terminal.WriteResult(OneLine.Of(final.Text));
                break;
            case DroppedEvent dropped:
                _terminal.WriteDetail(FormattableString.Invariant($"held back ({dropped.Reason}), {dropped.Start:0.0} to {dropped.End:0.0} s: {dropped.Text}"));
                break;
            case GapEvent gap:
                _terminal.WriteWarning(FormattableString.Invariant($"{gap.End - gap.Start:0.00} s of audio lost at {gap.Start:0.0} s ({ListenEventJson.NameOf(gap.Reason)})"));
                break;
            case BacklogEvent backlog:
                _terminal.WriteDetail(FormattableString.Invariant($"recognition is {backlog.Seconds:0.0} s behind: {backlog.Measure}"));
                break;
            case StateEvent state:
                Tell(state);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _terminal.ShowStatus(null);
    }

    private void Tell(StateEvent state)
    {
        switch (state.State)
        {
            case ListenState.Capturing:
                _terminal.WriteWarning($"listening to {state.Device ?? state.Source} (Ctrl-C ends)");
                break;
            case ListenState.Absent:
                _terminal.WriteWarning($"the microphone {state.Device} is away; it is waited for");
                break;
            case ListenState.Muted:
                _terminal.WriteWarning("muted");
                break;
            default:
                break;
        }
    }
}
