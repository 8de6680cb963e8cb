namespace Appliance.Imaging.Denoising;

/// <summary>Sees every step of a picture as it is done.</summary>
internal interface IDenoisingWatcher
{
    /// <summary>The steps begin.</summary>
    /// <param name="state">What they work on; the spans are valid until the next step.</param>
    void Starting(DenoisingState state);

    /// <summary>A step is done.</summary>
    /// <param name="step">Its index; the first may be more than 0.</param>
    /// <param name="state">What the steps work on.</param>
    void Stepped(int step, DenoisingState state);
}
