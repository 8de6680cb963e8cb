namespace Appliance.Benchmarks.Speech;

/// <summary>Prints figures as they come and keeps them for JSON.</summary>
internal sealed class Table(TextWriter writer, Dictionary<string, double> numbers)
{
    public void Title(string text) => writer.WriteLine($"\n## {text}");

    public void Line(string text) => writer.WriteLine(text);

    public void Row(string key, double value, string label)
    {
        numbers[key] = value;
        writer.WriteLine(FormattableString.Invariant($"{label,-48} {value,10:0.0000}"));
    }
}
