using System.Runtime.Versioning;

// the tests set file modes and read /proc
[assembly: SupportedOSPlatform("linux")]
