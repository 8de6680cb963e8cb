using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Appliance.Imaging.Files;

/// <summary>XMP packets (ISO 16684-1) that hold our parameters as one property.</summary>
internal static class Xmp
{
    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Own = "urn:appliance:image:1";

    /// <summary>The packet.</summary>
    public static byte[] Packet(string json)
    {
        XElement meta = new(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(
                Rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
                new XElement(
                    Rdf + "Description",
                    new XAttribute(Rdf + "about", ""),
                    new XAttribute(XNamespace.Xmlns + "appliance", Own),
                    new XElement(Own + "parameters", json))));
        return Encoding.UTF8.GetBytes(
            "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" + meta.ToString(SaveOptions.DisableFormatting) + "<?xpacket end=\"r\"?>");
    }

    /// <summary>The parameters in a packet; null when there are none.</summary>
    public static string? Read(ReadOnlySpan<byte> packet)
    {
        try
        {
            // no entities, no files: the packet may come from anywhere
            using XmlReader reader = XmlReader.Create(
                new MemoryStream(packet.ToArray()),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1 << 20 });
            return XDocument.Load(reader).Descendants(Own + "parameters").FirstOrDefault()?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
