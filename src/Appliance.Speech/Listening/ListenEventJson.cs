using System.Buffers;
using System.Text;
using System.Text.Json;
using Appliance.Speech.Capture;
using Appliance.Speech.Transcripts;

namespace Appliance.Speech.Listening;

/// <summary>Events as JSON, one object a line; the keys are part of the product's interface (interfaces.md §4).</summary>
public static class ListenEventJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = PlainTextEncoder.Instance };

    /// <summary>The object of an event, without a line end.</summary>
    public static string Of(ListenEvent listenEvent)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            writer.WriteStartObject();
            switch (listenEvent)
            {
                case PartialEvent partial:
                    Write(writer, partial);
                    break;
                case FinalEvent final:
                    Write(writer, final);
                    break;
                case DroppedEvent dropped:
                    Write(writer, dropped);
                    break;
                case GapEvent gap:
                    writer.WriteString("type", "gap");
                    Span(writer, gap.Start, gap.End);
                    writer.WriteString("reason", NameOf(gap.Reason));
                    break;
                case StateEvent state:
                    writer.WriteString("type", "state");
                    writer.WriteString("state", NameOf(state.State));
                    writer.WriteString("device", state.Device);
                    break;
                case BacklogEvent backlog:
                    writer.WriteString("type", "backlog");
                    writer.WriteNumber("seconds", Rounded(backlog.Seconds));
                    writer.WriteString("measure", backlog.Measure);
                    break;
                default:
                    throw new ArgumentException($"an event without a form in JSON: {listenEvent.GetType().Name}", nameof(listenEvent));
            }

            writer.WriteString("source", listenEvent.Source);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The name of a state.</summary>
    public static string NameOf(ListenState state) => state switch
    {
        ListenState.Capturing => "capturing",
        ListenState.Muted => "muted",
        ListenState.Absent => "absent",
        ListenState.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "a state without a name"),
    };

    /// <summary>The name of a reason for a gap.</summary>
    public static string NameOf(GapReason reason) => reason switch
    {
        GapReason.Xrun => "xrun",
        GapReason.Unplugged => "unplugged",
        GapReason.Overload => "overload",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "a reason without a name"),
    };

    private static void Write(Utf8JsonWriter writer, PartialEvent partial)
    {
        writer.WriteString("type", "partial");
        writer.WriteNumber("segment", partial.Segment);
        writer.WriteNumber("rev", partial.Revision);
        Span(writer, partial.Start, partial.End);
        writer.WriteString("committed", partial.Committed);
        writer.WriteString("tentative", partial.Tentative);
    }

    private static void Write(Utf8JsonWriter writer, FinalEvent final)
    {
        writer.WriteString("type", "final");
        writer.WriteNumber("segment", final.Segment);
        Span(writer, final.Start, final.End);
        writer.WriteString("text", final.Text);
        writer.WriteString("language", final.Language);
        if (final.LatencyMs is double latency)
        {
            writer.WriteNumber("latency_ms", Math.Round(latency));
        }
        else
        {
            writer.WriteNull("latency_ms");
        }

        writer.WriteBoolean("truncated", final.Truncated);
        if (final.Words is null)
        {
            return;
        }

        writer.WriteStartArray("words");
        foreach (TranscriptWord word in final.Words)
        {
            writer.WriteStartObject();
            writer.WriteString("word", word.Word);
            Span(writer, word.Start, word.End);
            writer.WriteNumber("probability", Rounded(word.Probability));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, DroppedEvent dropped)
    {
        writer.WriteString("type", "dropped");
        writer.WriteNumber("segment", dropped.Segment);
        Span(writer, dropped.Start, dropped.End);
        writer.WriteString("text", dropped.Text);
        writer.WriteString("reason", dropped.Reason);
    }

    private static void Span(Utf8JsonWriter writer, double start, double end)
    {
        writer.WriteNumber("start", Rounded(start));
        writer.WriteNumber("end", Rounded(end));
    }

    private static double Rounded(double number) => Math.Round(number, 3);
}
