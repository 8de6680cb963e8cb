using System.Text.Json.Serialization;

namespace Appliance.Service.Health.SelfTests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Golden))]
internal sealed partial class GoldenJson : JsonSerializerContext;
