namespace Appliance.Imaging;

/// <summary>How far a picture is.</summary>
/// <param name="Done">Steps that are done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="StepTime">Mean time of a step so far.</param>
/// <param name="Remaining">Time that the other steps will take.</param>
public readonly record struct ImageStep(int Done, int Steps, TimeSpan StepTime, TimeSpan Remaining);
