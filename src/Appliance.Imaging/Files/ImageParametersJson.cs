using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Appliance.Imaging.Files;

/// <summary>How the parameters of a picture are written.</summary>
[JsonSerializable(typeof(ImageParameters))]
internal sealed partial class ImageParametersJson : JsonSerializerContext
{
    /// <summary>Prompts stay readable; the text is never put into a web page as it is.</summary>
    public static ImageParametersJson Readable { get; } = new(new JsonSerializerOptions
    {
        RespectNullableAnnotations = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
