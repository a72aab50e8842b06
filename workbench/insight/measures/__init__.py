"""The raw layer under the tags: figures prepared per customer from months, holdings, flows, contacts and links."""
