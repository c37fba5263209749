using System.Runtime.CompilerServices;

// Every struct that crosses the border is blittable: what C# lays out is what C reads, and no stub is made at run time.
[assembly: DisableRuntimeMarshalling]
