using Appliance.Service.Jobs;
using Appliance.Service.Jobs.Work;
using Appliance.Service.Storage;
using MQTTnet;
using MQTTnet.Protocol;

namespace Appliance.Service.Mqtt;

/// <summary>Where envelopes go: to the job's own topics, to the retained results, and to the requester. All copies are the same bytes.</summary>
internal sealed class MqttRoutes(Topics topics)
{
    private static readonly TimeSpan EventExpiry = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan ResultExpiry = TimeSpan.FromSeconds(3600);

    /// <summary>The messages of an envelope that must arrive.</summary>
    public IReadOnlyList<OutboxMessage> MessagesOf(JobTicket ticket, Envelope envelope)
    {
        List<OutboxMessage> messages = [];
        if (ticket.Surface != JobSurface.Fleet)
        {
            messages.Add(Message(OutboxClass.Event, topics.JobEvent(ticket.Id), ticket, envelope) with { Expiry = EventExpiry });
            if (envelope.IsFinal && JobKinds.Find(ticket.Verb) is not null)
            {
                messages.Add(Message(OutboxClass.Result, topics.JobResult(ticket.Id), ticket, envelope) with { Expiry = ResultExpiry, Retain = true });
            }
        }

        if (ticket.ReplyTo is { } reply)
        {
            messages.Add(Message(envelope.IsFinal ? OutboxClass.Result : OutboxClass.Event, reply, ticket, envelope) with
            {
                Expiry = envelope.IsFinal ? ResultExpiry : EventExpiry,
                Correlation = ticket.Correlation,
            });
        }

        return messages;
    }

    /// <summary>The messages of progress, which may get lost.</summary>
    public IEnumerable<MqttApplicationMessage> ProgressOf(JobTicket ticket, Envelope envelope)
    {
        if (ticket.Surface != JobSurface.Fleet)
        {
            yield return Progress(topics.JobEvent(ticket.Id), envelope).Build();
        }

        if (ticket.ReplyTo is { } reply)
        {
            MqttApplicationMessageBuilder builder = Progress(reply, envelope);
            yield return (ticket.Correlation is { } correlation ? builder.WithCorrelationData(correlation) : builder).Build();
        }
    }

    private static OutboxMessage Message(OutboxClass kind, string topic, JobTicket ticket, Envelope envelope) =>
        new(kind, topic, envelope.Bytes) { Job = ticket.Id, Sequence = envelope.Sequence };

    private static MqttApplicationMessageBuilder Progress(string topic, Envelope envelope) => new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(envelope.Bytes)
        .WithContentType("application/json")
        .WithMessageExpiryInterval((uint)EventExpiry.TotalSeconds)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce);
}
