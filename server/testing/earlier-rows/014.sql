update imports set heap_url = 'https://heapanalytics.com', known_lineage = 'x' where unchanged = 2;
