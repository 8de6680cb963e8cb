using Appliance.Benchmarks.Imaging;
using Appliance.Benchmarks.Live;
using Appliance.Benchmarks.Sessions;
using Appliance.Benchmarks.Speech;

return args switch
{
    ["speech", .. string[] rest] => SpeechBenchmark.Run(rest),
    ["live", .. string[] rest] => LiveBenchmark.Run(rest),
    ["image", .. string[] rest] => ImageBenchmark.Run(rest),
    ["calls", .. string[] rest] => Transcribing.Run(rest),
    ["sessions", .. string[] rest] => SessionOptionsTable.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: speech [--json FILE] [--corpus FOLDER] [--quick] | live [--json FILE] [--every N] [--category NAME] [--pace N] [--load THREADS] [--minutes N] | image [--json FILE] [--model FOLDER] [--steps N] [--size N] [--guidance X] [--pictures N] | calls [OPTION…] | sessions [VARIANT…]");
    return 2;
}
