using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>The two parts that the decoder's graphs play; a merged graph plays both.</summary>
/// <param name="Full">Starts from the encoder's states, and gives the cross keys and values.</param>
/// <param name="Cached">Continues from keys and values.</param>
internal sealed record DecoderGraphs(DecoderGraph Full, DecoderGraph Cached)
{
    /// <summary>Element type of keys and values.</summary>
    public TensorElementType CacheType => Cached.Signature.PastSelf[0].ElementType;

    /// <summary>Element type of the states that the decoder takes.</summary>
    public TensorElementType StatesType => Full.Signature.States!.ElementType;

    /// <summary>Element type of the logits.</summary>
    public TensorElementType LogitsType => Full.Signature.Logits.ElementType;

    /// <summary>Element type of the cross-attention weights, where there are any.</summary>
    public TensorElementType AttentionsType =>
        Full.Signature.CrossAttentions.FirstOrDefault(tensor => tensor is not null)?.ElementType ?? TensorElementType.Float;

    /// <summary>
    /// True when the cached graph can be told to run on an empty past. A merged graph that picks its branch by the past's length
    /// cannot.
    /// </summary>
    public bool CanStartCached => Full != Cached || Cached.Signature.UseCacheBranch is not null;

    /// <summary>Reads the sessions of a folder.</summary>
    /// <exception cref="ModelException">A graph lacks what its part needs, or needs what is unknown.</exception>
    public static DecoderGraphs Read(HuggingFaceSessions sessions, WhisperConfig config)
    {
        DecoderGraph full = Open(sessions.Decoder, "decoder");
        DecoderGraph cached = sessions.DecoderWithPast is null ? full : Open(sessions.DecoderWithPast, "decoder_with_past");

        Require(full.Signature.States is not null, sessions.Folder, "decoder graph has no input 'encoder_hidden_states'");
        Require(full.Signature.PresentCross.Length > 0, sessions.Folder, "decoder graph has no output 'present.0.encoder.key'");
        Require(
            cached.Signature.TakesCache,
            sessions.Folder,
            cached == full
                ? "decoder graph has no input 'past_key_values.0.decoder.key' and there is no decoder_with_past_model beside it"
                : "decoder_with_past graph has no input 'past_key_values.0.decoder.key'");
        DecoderGraphs graphs = new(full, cached);
        graphs.RequireOneType(sessions.Folder);
        return graphs;

        DecoderGraph Open(InferenceSession session, string name) =>
            new(new GraphSession(session), DecoderSignature.Read(session, config, name, sessions.Folder));
    }

    /// <summary>The graph that makes a call.</summary>
    public DecoderGraph For(DecoderCall call) => call.Cached ? Cached : Full;

    /// <summary>True when both parts give the cross-attention weights of all these heads.</summary>
    public bool HaveAttentions(IEnumerable<AlignmentHead> heads) => heads.All(head =>
        Full.Signature.CrossAttentions[head.Layer]?.ElementType == AttentionsType
        && Cached.Signature.CrossAttentions[head.Layer]?.ElementType == AttentionsType);

    private void RequireOneType(string folder)
    {
        IEnumerable<GraphTensor> caches =
        [
            .. Full.Signature.PastSelf, .. Full.Signature.PastCross, .. Full.Signature.PresentSelf, .. Full.Signature.PresentCross,
            .. Cached.Signature.PastSelf, .. Cached.Signature.PastCross, .. Cached.Signature.PresentSelf,
        ];
        GraphTensor? odd = caches.FirstOrDefault(tensor => tensor.ElementType != CacheType);
        Require(odd is null, folder, $"decoder's '{odd?.Name}' is {odd?.ElementType}, other keys and values are {CacheType}");
        Require(
            Cached.Signature.Logits.ElementType == LogitsType, folder, "decoder's two graphs give logits of different types");
    }

    private static void Require(bool condition, string folder, string problem)
    {
        if (!condition)
        {
            throw GraphFault.Unsupported(folder, $"the {problem} ({folder}): {SignatureReader.Advice}");
        }
    }
}
