using Appliance.Speech.Recognition.Vocabulary;
using Appliance.Testing;

namespace Appliance.Speech.Tests.Vocabulary;

/// <summary>Tokenizers of the packs in shared/, loaded once.</summary>
internal static class SharedModels
{
    private static readonly Lazy<WhisperTokenizer> LazyBase = new(() => WhisperTokenizer.Load(SharedFolder.Require("models", "whisper-base"), 51865));
    private static readonly Lazy<WhisperTokenizer> LazyTinyEn = new(() => WhisperTokenizer.Load(SharedFolder.Require("models", "whisper-tiny.en"), 51864));
    private static readonly Lazy<WhisperTokenizer> LazyTinyRandom =
        new(() => WhisperTokenizer.Load(SharedFolder.Require("golden", "speech", "tiny-random", "merged-fp32"), 336));

    /// <summary>Multilingual, 51865 tokens.</summary>
    public static WhisperTokenizer Base => Of(LazyBase);

    /// <summary>English only, 51864 tokens.</summary>
    public static WhisperTokenizer TinyEn => Of(LazyTinyEn);

    /// <summary>Bytes and ten special tokens.</summary>
    public static WhisperTokenizer TinyRandom => Of(LazyTinyRandom);

    private static WhisperTokenizer Of(Lazy<WhisperTokenizer> lazy)
    {
        _ = SharedFolder.Require();
        return lazy.Value;
    }
}
