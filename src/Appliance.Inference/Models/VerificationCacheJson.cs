using System.Text.Json.Serialization;

namespace Appliance.Inference.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Dictionary<string, VerifiedHash>))]
internal sealed partial class VerificationCacheJson : JsonSerializerContext;
