using Appliance.Benchmarks.Speech;

return args switch
{
    ["calls", .. string[] rest] => Transcribing.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: speech [--json FILE] [--corpus FOLDER] [--quick] | calls [OPTION…]");
    return 2;
}
