UPDATE company SET domain = ascii_domain(domain) WHERE octet_length(domain) <> length(domain);
