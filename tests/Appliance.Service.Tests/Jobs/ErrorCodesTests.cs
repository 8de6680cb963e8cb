using Appliance.Service.Cli;
using Appliance.Service.Jobs;

namespace Appliance.Service.Tests.Jobs;

public sealed class ErrorCodesTests
{
    // control-plane.md §2.2 and interfaces.md §2
    [Theory]
    [InlineData("bad_request", 400, 2)]
    [InlineData("unsupported_media", 415, 65)]
    [InlineData("too_large", 413, 65)]
    [InlineData("unauthorized", 401, 77)]
    [InlineData("forbidden", 403, 77)]
    [InlineData("unknown_model", 404, 2)]
    [InlineData("unknown_job", 404, 2)]
    [InlineData("busy", 429, 75)]
    [InlineData("queue_full", 429, 75)]
    [InlineData("deadline_exceeded", 504, 75)]
    [InlineData("cancelled", 499, 130)]
    [InlineData("interrupted", 503, 75)]
    [InlineData("oom", 503, 1)]
    [InlineData("engine_failed", 500, 1)]
    [InlineData("no_device", 503, 69)]
    [InlineData("disk_full", 507, 73)]
    [InlineData("shutting_down", 503, 69)]
    [InlineData("stale_retained", 409, 2)]
    [InlineData("internal", 500, 1)]
    public void Code_OfTheContract_HasItsStatusEverywhere(string name, int http, int exit)
    {
        ErrorCode code = ErrorCodes.Parse(name);
        Assert.Equal((name, http, exit), (ErrorCodes.NameOf(code), ErrorCodes.HttpStatusOf(code), (int)ErrorExit.Of(code)));
    }

    [Fact]
    public void Codes_AllHaveANameOfTheirOwn() =>
        Assert.Equal(Enum.GetValues<ErrorCode>().Length, Enum.GetValues<ErrorCode>().Select(ErrorCodes.NameOf).Distinct().Count());
}
