"""Cover staff (临时顶岗): registered, admitted, signing by hand, enrolled, ended."""
