using System.Text.RegularExpressions;
using Appliance.Testing;

namespace Appliance.Service.Tests.Architecture;

/// <summary>How source files are named and cut.</summary>
public sealed partial class SourceFileTests
{
    private const int LongestFile = 400;

    private static readonly string[] BannedNames = ["Common", "Core", "Helpers", "Helper", "Utils", "Util", "Manager"];

    private static string[] SourceFiles { get; } =
        [.. Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "src"), "*.cs", SearchOption.AllDirectories)];

    [Fact]
    public void Files_HoldOneTypeOfTheirName()
    {
        List<string> wrong = [];
        foreach (string file in SourceFiles)
        {
            string[] types = [.. TypeDeclaration().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)];
            if (types.Length > 0 && (types.Length > 1 || types[0] != Path.GetFileNameWithoutExtension(file)))
            {
                wrong.Add($"{Relative(file)}: {string.Join(", ", types)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Files_HaveTheNamespaceOfTheirFolder()
    {
        IEnumerable<string> wrong = SourceFiles.Select(file => (File: file, Match: NamespaceDeclaration().Match(File.ReadAllText(file))))
            .Where(item => item.Match.Success && item.Match.Groups["name"].Value != Path.GetDirectoryName(Relative(item.File))!.Replace('/', '.'))
            .Select(item => Relative(item.File));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Files_AreNotLong() => Assert.Empty(SourceFiles.Where(file => File.ReadLines(file).Count() > LongestFile).Select(Relative));

    [Fact]
    public void Names_SayWhatThingsAre()
    {
        IEnumerable<string> wrong = SourceFiles.Select(Relative).Where(file => file.Split('/', '.')
            .Any(part => BannedNames.Contains(part) || part.EndsWith("Manager", StringComparison.Ordinal) || part.EndsWith("Helper", StringComparison.Ordinal)));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Comments_LeaveNothingToDo() =>
        Assert.Empty(SourceFiles.Where(file => ToDo().IsMatch(File.ReadAllText(file))).Select(Relative));

    private static string Relative(string file) => Path.GetRelativePath(Path.Combine(RepositoryFolder.Path, "src"), file);

    [GeneratedRegex(@"^(public |internal )(static |sealed |abstract |partial |readonly |unsafe |ref )*(class|struct|interface|enum|record struct|record class|record|delegate [\w<>\[\]?]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    // an issue number makes it a plan
    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?!.*#\d+)")]
    private static partial Regex ToDo();
}
