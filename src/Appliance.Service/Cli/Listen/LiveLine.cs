using System.Text;
using Appliance.Service.Cli.Output;
using Appliance.Speech.Capture;
using Appliance.Speech.Listening;
using Spectre.Console;

namespace Appliance.Service.Cli.Listen;

/// <summary>The bottom line while listening: level, state, and the words so far, those that may still change dim.</summary>
internal sealed class LiveLine(Listener listener, ILiveAudio audio) : IStatusLine
{
    private const int MeterWidth = 12;

    /// <summary>The meter reaches from here to 0 dBFS.</summary>
    private const float LowestLevel = -60;

    private ListenState _state = ListenState.Capturing;
    private int _segment = -1;
    private string _committed = string.Empty;
    private string _tentative = string.Empty;
    private double _behind;

    /// <summary>Takes an event.</summary>
    public void Take(ListenEvent told)
    {
        switch (told)
        {
            case PartialEvent partial:
                (_segment, _committed, _tentative) = (partial.Segment, partial.Committed, partial.Tentative);
                break;
            case FinalEvent final when final.Segment >= _segment:
                (_committed, _tentative) = (string.Empty, string.Empty);
                break;
            case StateEvent state:
                _state = state.State;
                break;
            case BacklogEvent backlog:
                _behind = backlog.Seconds;
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Draw(Terminal terminal)
    {
        Profile profile = terminal.ErrorConsole.Profile;
        float level = listener.Decibels;
        string state = State();
        (string committed, string tentative) = Fit(_committed, _tentative, profile.Width - MeterWidth - state.Length - 4);
        terminal.ErrorConsole.Markup($"{Meter(level, profile.Capabilities.Unicode)} {state} {Markup.Escape(committed)}[dim]{Markup.Escape(tentative)}[/]");
    }

    /// <summary>A bar that is green, near full scale yellow, and at it red.</summary>
    internal static string Meter(float decibels, bool unicode)
    {
        int full = (int)Math.Round(Math.Clamp((decibels - LowestLevel) / -LowestLevel, 0, 1) * MeterWidth);
        string colour = decibels > -3 ? "red" : decibels > -10 ? "yellow" : "green";
        (char on, char off) = unicode ? ('━', '─') : ('#', '-');
        return $"[{colour}]{new string(on, full)}[/][grey]{new string(off, MeterWidth - full)}[/]";
    }

    /// <summary>The end of the text, as much as fits; the words that come last matter most.</summary>
    internal static (string Committed, string Tentative) Fit(string committed, string tentative, int width)
    {
        string all = OneLine.Of(committed + tentative);
        if (all.GetCellWidth() <= width)
        {
            return (all[..committed.Length], all[committed.Length..]);
        }

        int start = all.Length;
        int used = 1;
        while (start > 0)
        {
            int step = start > 1 && char.IsLowSurrogate(all[start - 1]) ? 2 : 1;
            int cells = all.Substring(start - step, step).GetCellWidth();
            if (used + cells > width)
            {
                break;
            }

            (start, used) = (start - step, used + cells);
        }

        int kept = Math.Max(0, committed.Length - start);
        StringBuilder shown = new("…");
        shown.Append(all, start, kept);
        return (shown.ToString(), all[(start + kept)..]);
    }

    private string State()
    {
        string word = _state switch
        {
            ListenState.Muted => "muted",
            ListenState.Absent => "no microphone",
            ListenState.Ended => "ended",
            _ when audio.IsMuted => "muted",
            _ => listener.IsHearingSpeech ? "speech" : "quiet ",
        };
        return _behind >= 1 ? FormattableString.Invariant($"{word} {_behind:0} s behind") : word;
    }
}
