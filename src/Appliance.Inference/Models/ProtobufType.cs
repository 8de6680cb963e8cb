namespace Appliance.Inference.Models;

/// <summary>The wire types of protobuf that are in use.</summary>
internal enum ProtobufType
{
    Varint = 0,
    Fixed64 = 1,
    Nested = 2,
    Fixed32 = 5,
}
