using Appliance.Inference.Models;

namespace Appliance.Speech.Recognition.Vocabulary;

/// <summary>What is thrown when the vocabulary of a model folder can't be used.</summary>
internal static class VocabularyFault
{
    /// <summary>A file or token that must be there is not.</summary>
    public static ModelException Incomplete(string path, string problem) => new(ModelError.Incomplete, path, $"{path}: {problem}");

    /// <summary>A file that is not what it should be.</summary>
    public static ModelException Damaged(string path, string problem, Exception? cause = null) =>
        new(ModelError.Damaged, path, $"{path}: {problem}", cause);
}
