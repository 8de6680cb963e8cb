using Appliance.Service.Storage;
using MQTTnet;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt;

/// <summary>The retained results: the last twenty, for an hour. Older ones are taken away from the broker.</summary>
internal sealed class ResultRing(MqttConnection connection, StateDatabase database, TimeProvider time)
{
    private const int Size = 20;
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(3600);

    /// <summary>A result was retained.</summary>
    public async Task AddAsync(string topic, CancellationToken cancellationToken)
    {
        await database.Write(connection => connection.Run("INSERT OR REPLACE INTO retained_results (topic, sent) VALUES ($topic, $now)", ("$topic", topic), ("$now", Now)));
        await TakeAwayAsync(Read("SELECT topic FROM retained_results ORDER BY sent DESC LIMIT -1 OFFSET $size", ("$size", Size)), cancellationToken);
    }

    /// <summary>Takes away what is older than an hour.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        TakeAwayAsync(Read("SELECT topic FROM retained_results WHERE sent < $oldest", ("$oldest", Now - (long)TimeToLive.TotalMilliseconds)), cancellationToken);

    /// <summary>Takes all of them away.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => TakeAwayAsync(Read("SELECT topic FROM retained_results"), cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<string> Read(string text, params (string Name, object? Value)[] parameters) =>
        database.Read(connection => connection.Rows(reader => reader.GetString(0), text, parameters));

    private async Task TakeAwayAsync(List<string> topics, CancellationToken cancellationToken)
    {
        foreach (string topic in topics)
        {
            MqttApplicationMessage empty = new MqttApplicationMessageBuilder()
                .WithTopic(topic).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
            if (await connection.PublishAsync(empty, cancellationToken) is null)
            {
                return;
            }

            await database.Write(connection => connection.Run("DELETE FROM retained_results WHERE topic = $topic", ("$topic", topic)));
        }
    }
}
