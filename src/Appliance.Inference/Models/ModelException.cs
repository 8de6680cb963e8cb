namespace Appliance.Inference.Models;

/// <summary>A model can't be used. The message is "what is wrong: what to do".</summary>
public sealed class ModelException : Exception
{
    /// <summary>A fault of <paramref name="path"/>, which is a file, a folder or the name that was asked for.</summary>
    public ModelException(ModelError code, string path, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Path = path;
    }

    /// <summary>What kind of fault, for exit codes and error replies.</summary>
    public ModelError Code { get; }

    /// <summary>The file or folder at fault, or the name that was asked for.</summary>
    public string Path { get; }
}
