using Appliance.Inference.Providers;
using Appliance.Inference.Sessions;

namespace Appliance.Inference.Tests.Providers;

public sealed class ExecutionProvidersTests
{
    [Fact]
    public void Find_DefaultSettings_AreAllKnown() =>
        Assert.Equal(["tensorrt", "cuda", "cpu"], ExecutionProviders.Find(new SessionSettings().Providers).Select(provider => provider.Name));

    [Fact]
    public void Find_NameTwice_IsTakenOnce() => Assert.Equal(["cpu"], ExecutionProviders.Find(["cpu", "cpu"]).Select(provider => provider.Name));

    [Fact]
    public void Find_UnknownName_ListsTheValidOnes()
    {
        InferenceException fault = Assert.Throws<InferenceException>(() => ExecutionProviders.Find(["cpu", "openvino"]));

        Assert.Equal(InferenceError.UnknownProvider, fault.Code);
        Assert.Equal("there is no execution provider \"openvino\": name one or more of tensorrt, cuda, cpu", fault.Message);
    }

    [Fact]
    public void Find_NoNames_ListsTheValidOnes() => Assert.Equal(InferenceError.UnknownProvider, Assert.Throws<InferenceException>(() => ExecutionProviders.Find([])).Code);
}
