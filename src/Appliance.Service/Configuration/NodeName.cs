using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Appliance.Service.Configuration;

/// <summary>The name of this machine in topics.</summary>
internal static partial class NodeName
{
    private const string MachineIdFile = "/etc/machine-id";

    /// <summary>Whether a text can be one.</summary>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    /// <summary>
    /// The configured name, else one made from the machine id (hashed with a text of ours, as machine-id(5) asks), else from an id that is
    /// made once and kept in the state directory: host names are neither unique nor stable.
    /// </summary>
    /// <exception cref="IOException">There is no machine id, and none can be kept.</exception>
    public static string Of(NodeSettings settings, string stateDirectory)
    {
        if (settings.Name is { } name)
        {
            return name;
        }

        string own = Path.Combine(stateDirectory, "node-id");
        string id = ReadId(MachineIdFile) ?? ReadId(own) ?? MakeId(own);
        return "node-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("appliance node " + id)))[..8];
    }

    private static string? ReadId(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: >= 8 } id && id != "uninitialized" ? id : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string MakeId(string file)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        DurableFile.Write(file, Encoding.UTF8.GetBytes(id + "\n"));
        return id;
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
