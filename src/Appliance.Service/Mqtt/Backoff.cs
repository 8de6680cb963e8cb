using System.Security.Cryptography;

namespace Appliance.Service.Mqtt;

/// <summary>
/// How long to wait before the next try: a random time up to a limit that doubles from 0.5 s to 30 s ("full jitter", Brooker, AWS
/// Architecture Blog 2015), so that many nodes do not come back at the same moment.
/// </summary>
/// <param name="random">A number from 0 to 1; another one in tests.</param>
internal sealed class Backoff(Func<double>? random = null)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _limit = First;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _limit * (random?.Invoke() ?? (RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue));
        _limit = _limit * 2 < Longest ? _limit * 2 : Longest;
        return wait;
    }

    /// <summary>Begins anew, after a connection that held.</summary>
    public void Reset() => _limit = First;
}
