namespace Appliance.Service.Cli;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    /// <summary>Three numbers with dots.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);
}
