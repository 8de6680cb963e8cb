using System.Globalization;
using Spectre.Console;

namespace Appliance.Service.Cli.Output;

/// <summary>One cell of a report.</summary>
/// <param name="Shown">For people.</param>
/// <param name="Exact">For programs.</param>
/// <param name="Colour">For people, or null.</param>
internal readonly record struct ReportCell(string Shown, string Exact, Color? Colour = null)
{
    /// <summary>The same text for both.</summary>
    public static implicit operator ReportCell(string text) => new(text, text);

    /// <summary>A size, for people in MB.</summary>
    public static ReportCell Bytes(long bytes) => new(
        FormattableString.Invariant($"{bytes / 1e6:0.0} MB"), bytes.ToString(CultureInfo.InvariantCulture));

    /// <summary>A time in milliseconds.</summary>
    public static ReportCell Milliseconds(TimeSpan time) => new(
        FormattableString.Invariant($"{time.TotalMilliseconds:0} ms"), FormattableString.Invariant($"{time.TotalMilliseconds:0.0}"));
}
