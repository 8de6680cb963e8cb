namespace Appliance.Speech.Listening;

/// <summary>Hands events out one at a time, whatever thread they come from.</summary>
internal sealed class EventPublisher(Action<ListenEvent> publish)
{
    private readonly Lock _lock = new();

    /// <summary>Hands out one event.</summary>
    public void Publish(ListenEvent listenEvent)
    {
        lock (_lock)
        {
            publish(listenEvent);
        }
    }
}
