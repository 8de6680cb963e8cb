namespace Appliance.Speech.Recognition.WordTiming;

/// <summary>Rounding of seconds to 0.01, as Python's <c>round(x, 2)</c> does it.</summary>
internal static class Hundredths
{
    /// <summary>
    /// Rounds the binary value itself, half to even. <see cref="Math.Round(double, int)"/> rounds the product with 100, which
    /// takes values just off a half for one: 1.005 is below the half and becomes 1.0.
    /// </summary>
    public static double Round(double seconds)
    {
        // product + error is exactly seconds * 100
        double product = seconds * 100;
        double error = Math.FusedMultiplyAdd(seconds, 100, -product);
        double floor = Math.Floor(product);
        double above = product - floor;
        bool isHalf = above == 0.5 && error == 0;
        bool isUp = isHalf ? floor % 2 != 0 : above > 0.5 || (above == 0.5 && error > 0);
        return (isUp ? floor + 1 : floor) / 100;
    }
}
