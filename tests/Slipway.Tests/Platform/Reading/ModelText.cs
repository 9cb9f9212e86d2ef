using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Slipway.Platform;

namespace Slipway.Tests.Platform.Reading;

/// <summary>A model as text without provenance, so that two can be compared and their difference read.</summary>
internal static class ModelText
{
    public static string Of(object? model)
    {
        var text = new StringBuilder();
        Append(text, model, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int indent)
    {
        switch (value)
        {
            case null:
                text.Append("null\n");
                break;
            case string or bool or int or Enum:
                text.Append(CultureInfo.InvariantCulture, $"{value}\n");
                break;
            case IEnumerable list:
                text.Append('\n');
                foreach (var item in list)
                {
                    text.Append(' ', indent).Append("- ");
                    Append(text, item, indent + 2);
                }

                break;
            case not null when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Value<>):
                text.Append(CultureInfo.InvariantCulture, $"{value}\n");
                break;
            default:
                text.Append(value.GetType().Name).Append('\n');
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (property.PropertyType == typeof(Provenance)) continue;
                    text.Append(' ', indent).Append(property.Name).Append(": ");
                    Append(text, property.GetValue(value), indent + 2);
                }

                break;
        }
    }
}
