using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Appliance.Service.Cli.Output;

/// <summary>Writes one JSON document to standard output.</summary>
internal static class JsonReport
{
    // names and paths stay readable; the document is never put into a web page
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the document and a line end.</summary>
    public static void Write(Terminal terminal, JsonNode document)
    {
        terminal.Out.WriteLine(document.ToJsonString(Options));
        terminal.Out.Flush();
    }

    /// <summary>An array of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
