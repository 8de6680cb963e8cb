namespace Appliance.Service.Health.SelfTests;

/// <summary>One value of a log-mel.</summary>
internal sealed record GoldenPoint(int Mel, int Frame, double Value);
