namespace Appliance.Native;

/// <summary>How an audio file is read.</summary>
public sealed record AudioFileOptions
{
    /// <summary>0-based channel to take; null for the mean of all, or of the loudest channel where the mean cancels.</summary>
    public int? Channel { get; init; }
}
