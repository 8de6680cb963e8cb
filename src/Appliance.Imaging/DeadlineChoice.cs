using Appliance.Imaging.Decoding;

namespace Appliance.Imaging;

/// <summary>The best picture that a deadline leaves time for.</summary>
/// <param name="Steps">Steps to take.</param>
/// <param name="Decoder">Decoder to use.</param>
/// <param name="StepTime">What a step took when it was measured.</param>
/// <param name="DecodingTime">What the decoder will take by what was measured.</param>
public sealed record DeadlineChoice(int Steps, string Decoder, TimeSpan StepTime, TimeSpan DecodingTime)
{
    /// <summary>Time that is kept back for the file and for what varies.</summary>
    private const double KeptBack = 0.1;

    /// <summary>Chooses: the model's own decoder when all steps fit or the small one would not bring more, else the small one.</summary>
    /// <param name="remaining">Time that is left.</param>
    /// <param name="step">Time of a step.</param>
    /// <param name="decoding">Time of the model's own decoder.</param>
    /// <param name="tinyDecoding">Time of the small decoder; null without one.</param>
    /// <param name="wanted">Most steps that make sense.</param>
    /// <exception cref="ImagingException">DeadlineExceeded: not even one step fits; the message says how long it takes.</exception>
    internal static DeadlineChoice Choose(TimeSpan remaining, TimeSpan step, TimeSpan decoding, TimeSpan? tinyDecoding, int wanted)
    {
        int own = StepsIn(remaining, step, decoding, wanted);
        int tiny = tinyDecoding is { } tinyTime ? StepsIn(remaining, step, tinyTime, wanted) : 0;
        if (own == wanted || (own > 0 && own >= tiny))
        {
            return new(own, DecoderNames.Vae, step, decoding);
        }

        if (tiny > 0)
        {
            return new(tiny, DecoderNames.Tiny, step, tinyDecoding!.Value);
        }

        TimeSpan least = step + (tinyDecoding is { } quick && quick < decoding ? quick : decoding);
        throw new ImagingException(
            ImagingError.DeadlineExceeded,
            FormattableString.Invariant($"{Math.Max(0, remaining.TotalSeconds):0.00} s are left of the deadline, one step and decoding take {least.TotalSeconds:0.00} s: allow {least.TotalSeconds / (1 - KeptBack):0.00} s more than loading takes, or ask for a smaller picture"));
    }

    private static int StepsIn(TimeSpan remaining, TimeSpan step, TimeSpan decoding, int wanted) =>
        (int)Math.Clamp(((remaining * (1 - KeptBack)) - decoding) / step, 0, wanted);
}
