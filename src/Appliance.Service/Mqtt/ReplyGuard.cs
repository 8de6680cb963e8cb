using Appliance.Service.Configuration;
using Appliance.Service.Jobs;

namespace Appliance.Service.Mqtt;

/// <summary>
/// Where replies may go. The caller chooses the topic, and we may write where the caller may not: without this, anybody who may send a
/// command could make us open a lock or fake a device.
/// </summary>
/// <param name="topics">The node's.</param>
/// <param name="settings">Which more are allowed.</param>
internal sealed class ReplyGuard(Topics topics, MqttSettings settings)
{
    private const int LongestTopic = 512;

    /// <summary>Checks a topic.</summary>
    /// <param name="topic">What the caller asked for.</param>
    /// <param name="isFleet">Whether it came with shared work.</param>
    /// <exception cref="JobException">Replies may not go there.</exception>
    public void Check(string topic, bool isFleet)
    {
        if (!IsAllowed(topic, isFleet))
        {
            throw new JobException(ErrorCode.Forbidden,
                $"replies may go below {topics.Node}/reply/ only{(settings.ReplyPrefixes.Count > 0 ? " and " + string.Join(", ", settings.ReplyPrefixes.Select(prefix => prefix + "/")) : "")}: choose a topic there, or have mqtt.replyPrefixes extended");
        }
    }

    private bool IsAllowed(string topic, bool isFleet)
    {
        if (topic.Length is 0 or > LongestTopic || topic.AsSpan().ContainsAny("+#$\0") || topic.Any(char.IsControl)
            || topic.StartsWith(settings.DiscoveryPrefix + "/", StringComparison.Ordinal) || topic.StartsWith("homeassistant/", StringComparison.Ordinal))
        {
            return false;
        }

        string[] levels = topic.Split('/');
        if (levels.Contains("cmd") || levels.Contains(""))
        {
            return false;
        }

        return IsBelow(topic, $"{topics.Node}/reply")
            || (isFleet && topic.StartsWith(topics.FleetReplies, StringComparison.Ordinal) && topic.Length > topics.FleetReplies.Length)
            || settings.ReplyPrefixes.Any(prefix => IsBelow(topic, prefix));
    }

    private static bool IsBelow(string topic, string prefix) => topic.Length > prefix.Length + 1 && topic.StartsWith(prefix + "/", StringComparison.Ordinal);
}
