using Microsoft.Extensions.Logging;

namespace Appliance.Speech.Listening;

internal static partial class Log
{
    [LoggerMessage(3300, LogLevel.Error, "segment {Segment} could not be recognised, it is tried once more")]
    public static partial void SegmentFailed(ILogger logger, Exception exception, int segment);

    [LoggerMessage(3301, LogLevel.Error, "segment {Segment} could not be recognised, its text is lost")]
    public static partial void SegmentLost(ILogger logger, Exception exception, int segment);

    [LoggerMessage(3302, LogLevel.Warning, "a partial of segment {Segment} failed")]
    public static partial void PartialFailed(ILogger logger, Exception exception, int segment);

    [LoggerMessage(3303, LogLevel.Information, "recognition is {Seconds:F1} s behind: {Measure}")]
    public static partial void Overload(ILogger logger, double seconds, string measure);

    [LoggerMessage(3304, LogLevel.Debug, "segment {Segment}: {Start:F2} to {End:F2} s, {Reason}, '{Text}'")]
    public static partial void SegmentDone(ILogger logger, int segment, double start, double end, Segmentation.SegmentEnd reason, string text);
}
