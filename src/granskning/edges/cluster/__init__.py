"""Jobs done on other machines by a Dask cluster: values in, packed values out, and whose word is taken for what."""
