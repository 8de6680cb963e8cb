namespace Appliance.Imaging.Denoising.Noise;

/// <summary>Philox4x32-10 (Salmon et al. 2011): four words from a counter of four and a key of two.</summary>
internal static class Philox
{
    private const int Rounds = 10;

    /// <summary>The words of a counter.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Words((uint X0, uint X1, uint X2, uint X3) counter, ulong key)
    {
        (uint x0, uint x1, uint x2, uint x3) = counter;
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong first = 0xd2511f53UL * x0;
            ulong second = 0xcd9e8d57UL * x2;
            (x0, x1, x2, x3) = ((uint)(second >> 32) ^ x1 ^ k0, (uint)second, (uint)(first >> 32) ^ x3 ^ k1, (uint)first);
            k0 += 0x9e3779b9;
            k1 += 0xbb67ae85;
        }

        return (x0, x1, x2, x3);
    }
}
