namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>What the exported graphs can do beyond what their layout promises; found out by <see cref="DecoderProbe"/>.</summary>
/// <param name="StartsCached">
/// The cached graph runs a whole prompt on an empty past, so that cross keys and values are computed once for a window and not
/// once for each run over it.
/// </param>
/// <param name="SharesCross">Several rows can read one row of cross keys and values, so that beams need no copies of them.</param>
internal readonly record struct DecoderAbilities(bool StartsCached, bool SharesCross);
