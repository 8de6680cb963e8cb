namespace Appliance.Native;

/// <summary>What was met while reading an audio file.</summary>
public readonly record struct AudioFileStatistics
{
    /// <summary>Sample frames decoded so far, at the file's own rate.</summary>
    public required long SourceFrames { get; init; }

    /// <summary>Samples over all channels that are NaN, infinite or beyond 2^50; they were set to 0.</summary>
    public required long NonFiniteSamples { get; init; }

    /// <summary>0-based channel in use; null for the mean of all.</summary>
    public required int? ChannelUsed { get; init; }

    /// <summary>The mean of the channels was more than 20 dB below the loudest, which is used instead.</summary>
    public required bool CancelledChannels { get; init; }

    /// <summary>Sample frames that the header promised and the file does not hold; 0 until the end has been read.</summary>
    public required long DeclaredShortfallFrames { get; init; }

    /// <summary>The decoder met damaged or cut data; what could be decoded was delivered.</summary>
    public required bool DecoderError { get; init; }
}
