namespace Appliance.Imaging.Denoising.Schedulers;

/// <summary>
/// The natural logarithm in float32 as numpy computes it on processors with vector units: a rational approximation of order 5, within 4 units
/// in the last place. Timesteps between two of training are quotients of small differences of it, so that a better logarithm gives others
/// than diffusers has (coefficients: numpy, loops_exponent_log).
/// </summary>
internal static class NumpyLogarithm
{
    private const float Log2 = 0.693147180559945309f;

    private static ReadOnlySpan<float> Numerator =>
    [
        2.589979117907922693523e-02f, 3.808837741388407920751e-01f, 1.480000633576506585156e+00f,
        2.112677543073053063722e+00f, 9.999999999999998702752e-01f, 0f,
    ];

    private static ReadOnlySpan<float> Denominator =>
    [
        5.875095403124574342950e-03f, 1.546476374983906719538e-01f, 9.864942958519418960339e-01f,
        2.453006071784736363091e+00f, 2.612677543073109236779e+00f, 1f,
    ];

    /// <param name="value">A normal number above 0.</param>
    public static float Of(float value)
    {
        int exponent = Math.ILogB(value) + 1;
        float mantissa = (float)Math.ScaleB((double)value, -exponent);
        if (mantissa < 0.70710678f)
        {
            mantissa *= 2;
            exponent--;
        }

        float quotient = Polynomial(Numerator, mantissa - 1) / Polynomial(Denominator, mantissa - 1);
        return MathF.FusedMultiplyAdd(exponent, Log2, quotient);
    }

    private static float Polynomial(ReadOnlySpan<float> coefficients, float x)
    {
        float value = coefficients[0];
        foreach (float coefficient in coefficients[1..])
        {
            value = MathF.FusedMultiplyAdd(value, x, coefficient);
        }

        return value;
    }
}
