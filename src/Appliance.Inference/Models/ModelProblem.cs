namespace Appliance.Inference.Models;

/// <summary>Why a folder below a root can't be used as a model.</summary>
/// <param name="Code">The code that using it would give.</param>
/// <param name="Path">The file or folder at fault.</param>
/// <param name="Message">"what is wrong: what to do".</param>
public sealed record ModelProblem(ModelError Code, string Path, string Message)
{
    internal static ModelProblem Of(ModelException fault) => new(fault.Code, fault.Path, fault.Message);

    internal ModelException ToException() => new(Code, Path, Message);
}
