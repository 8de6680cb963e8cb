namespace Appliance.Inference.Models;

/// <summary>What the front matter of a model card (README.md) says: the flat part of YAML that such cards use.</summary>
internal sealed record ModelCard
{
    private const string Unknown = "unknown";
    private const int MaximumCharacters = 64 * 1024;

    // cards write licences as the hub's own lower-case tags
    private static readonly Dictionary<string, string> SpdxNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mit"] = "MIT",
        ["apache-2.0"] = "Apache-2.0",
        ["bsd-3-clause"] = "BSD-3-Clause",
        ["bsd-2-clause"] = "BSD-2-Clause",
        ["cc0-1.0"] = "CC0-1.0",
        ["cc-by-4.0"] = "CC-BY-4.0",
        ["cc-by-sa-4.0"] = "CC-BY-SA-4.0",
        ["cc-by-nc-4.0"] = "CC-BY-NC-4.0",
        ["gpl-3.0"] = "GPL-3.0-only",
        ["openrail"] = "OpenRAIL",
        ["openrail++"] = "OpenRAIL++",
    };

    /// <summary>SPDX name where the card's tag has one, else the tag; "unknown" without.</summary>
    public string Licence { get; private init; } = Unknown;

    /// <summary>The repository that the weights were made from; "unknown" without.</summary>
    public string Origin { get; private init; } = Unknown;

    /// <summary>Reads a card; one that is not there says nothing.</summary>
    public static ModelCard Read(string path)
    {
        if (!File.Exists(path))
        {
            return new();
        }

        using StreamReader reader = new(path);
        char[] start = new char[MaximumCharacters];
        return Parse(new string(start, 0, reader.ReadBlock(start)));
    }

    public static ModelCard Parse(string text)
    {
        Dictionary<string, string> values = FrontMatter(text);
        string licence = values.GetValueOrDefault("license", "");
        if (licence == "other")
        {
            licence = values.GetValueOrDefault("license_name", licence);
        }

        string origin = values.GetValueOrDefault("base_model", "");
        return new()
        {
            Licence = licence.Length == 0 ? Unknown : SpdxNames.GetValueOrDefault(licence, licence),
            Origin = origin.Length == 0 ? Unknown : origin,
        };
    }

    /// <summary>Keys at the left edge between the two lines <c>---</c>; of a list the first item.</summary>
    private static Dictionary<string, string> FrontMatter(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        string[] lines = text.ReplaceLineEndings("\n").TrimStart('\ufeff').Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            return values;
        }

        string? listKey = null;
        foreach (string line in lines.Skip(1).TakeWhile(line => line.TrimEnd() is not ("---" or "...")))
        {
            string item = line.TrimStart();
            if (item.StartsWith("- ", StringComparison.Ordinal))
            {
                if (listKey is not null)
                {
                    values[listKey] = Unquote(item[2..]);
                    listKey = null;
                }

                continue;
            }

            listKey = null;
            if (item.Length == line.Length && item.Split(':', 2) is [{ Length: > 0 } key, string value])
            {
                listKey = value.Trim().Length == 0 ? key : null;
                values[key] = Unquote(value);
            }
        }

        return values;
    }

    private static string Unquote(string value) => value.Trim().Trim('"', '\'');
}
