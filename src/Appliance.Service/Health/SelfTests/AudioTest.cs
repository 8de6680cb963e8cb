using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Appliance.Service.Health.SelfTests;

/// <summary>Decodes the bundled clip, bit by bit.</summary>
internal sealed class AudioTest : ISelfTest
{
    private const float FullScale = 32768;

    /// <inheritdoc/>
    public string Name => "audio";

    /// <inheritdoc/>
    public SelfTestOutcome Run(SelfTestContext context, CancellationToken cancellationToken)
    {
        float[] samples = context.Samples;
        byte[] bytes = new byte[samples.Length * sizeof(short)];
        for (int i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), (short)(samples[i] * FullScale));
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return samples.Length == context.Golden.Audio.Samples && hash == context.Golden.Audio.Sha256
            ? new(true, $"FLAC: {samples.Length} samples, bit-exact")
            : new(false, $"FLAC: {samples.Length} samples in place of {context.Golden.Audio.Samples}, sha256 {hash}");
    }
}
