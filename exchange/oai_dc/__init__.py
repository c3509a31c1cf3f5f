"""OAI-PMH: the Dublin Core (oai_dc) of repositories, read into resources."""
