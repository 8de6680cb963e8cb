namespace Appliance.Service.Jobs.Work;

/// <summary>An image gives its place to a more urgent image: it is drawn again from the start later, and comes out the same.</summary>
internal sealed class JobDisplacedException() : Exception("displaced by a more urgent job");
