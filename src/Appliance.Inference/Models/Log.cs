using Microsoft.Extensions.Logging;

namespace Appliance.Inference.Models;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Debug, "the cache of model hashes {Path} was not read: {Reason}")]
    public static partial void VerificationCacheNotRead(ILogger logger, string path, string reason);

    [LoggerMessage(2001, LogLevel.Debug, "the cache of model hashes {Path} was not written: {Reason}")]
    public static partial void VerificationCacheNotWritten(ILogger logger, string path, string reason);

    [LoggerMessage(2002, LogLevel.Information, "model {Name} in {Path}: {Bytes} bytes hashed in {Milliseconds} ms")]
    public static partial void ModelHashed(ILogger logger, string name, string path, long bytes, double milliseconds);
}
